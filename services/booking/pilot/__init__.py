"""The pilot: which customer groups book on the web, and what people thought of their visits.

Source: B-3
"""
