"""Pages for reading, from templates that files and the server share: a patient, a study, a list.

May import the picture, the words and the views; it knows nothing of the server, which adds its own links and forms.
"""
