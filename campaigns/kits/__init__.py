"""The share kit of a campaign: texts for each channel and language, the artwork that is out, and links to each partner.

It knows no requests: ``channels`` say how long a text may be and count as each channel does, ``contents`` gathers what
one kit holds, and ``packing`` makes one file of it.
"""
