"""Kernels for words of scripts that Latin letters do not write one for one."""
