"""What other programs are told, as values: their fields are the keys of the public JSON, and of the API's document.

Imports what the views may import, and no pydantic.
"""
