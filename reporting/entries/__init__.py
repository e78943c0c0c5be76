"""What a unit writes in its form: content, figures, what stood there last time, what others wrote beside it."""
