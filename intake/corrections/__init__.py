"""What a clerk corrects in a reading: small operations in order, and the draft that they make of the reading.

Pure Python over the JSON form of a reading (`intake.reader.as_json`, the joined text apart): no models, no database.
"""
