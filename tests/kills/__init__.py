"""Servers, databases and browsers killed under load: nothing is lost, nothing is there twice."""
