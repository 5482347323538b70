"""Sections of labelled lines, and their forms: terminal, Markdown, JUnit, JSON."""
