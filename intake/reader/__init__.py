"""The plan reader: pure Python from a file's bytes to a `Reading`; knows neither Django nor our packages."""
