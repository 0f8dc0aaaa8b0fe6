"""The site in several languages: what the address decides, the trees of pages, and which words have been checked.

English is written first and stands without a prefix. Every other language of ``settings.LANGUAGES`` stands under its
code, in a tree of its own that holds a page for each live English one.
"""
