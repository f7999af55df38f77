"""Screen a customer base again when a list, a customer or the law changes, with proof.

``bases`` keeps portfolios compiled and indexed, so that listed names can be searched for among
customers. A run (``rescreen``) finds what changed between two views of the lists (``entry_views``)
and whom that can concern (``affected_customers``), screens those customers (``run_work``), and
writes down what became of every pair (``run_record``).
"""
