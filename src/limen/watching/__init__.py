"""Keep customer bases screened: lists updated, bases re-screened, alerts written, lag measured."""
