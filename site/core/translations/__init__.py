"""Pages in other languages: translated piece by piece, approved like every page, and marked when English moves on.

A page that nobody translated stands in the other trees as an alias of the English one (core.languages.trees). It stays
one while a translation is written and reviewed; the approval makes it a page of its own. wagtail-localize takes pages
apart into pieces and puts them together again; its own screens are not used, because they publish past approvals.
"""
