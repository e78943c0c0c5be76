"""Forms of the departments' pages: what may be typed; what it means is the actions' matter."""
