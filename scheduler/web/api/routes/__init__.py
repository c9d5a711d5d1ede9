"""The routes of the API, a file for each thing that is asked about.

They use the answers, bodies, problems and rules of the floor below."""
