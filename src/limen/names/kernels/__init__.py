"""Kernels: the inner loops that rank and compare names, interpreted or compiled ahead of time.

``backend`` gives them to the rest of Limen; ``encode`` lays words out as they read them.
"""
