"""Work orders (Swedish: arbetsorder); so far those of consultations."""
