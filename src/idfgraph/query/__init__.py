"""Room 6, query: a question and a published release in, an answer out."""

from .answer import GRAPHS, ROWS, Answerer, Table, load
from .question import Parameter, Question, read_question, to_question

__all__ = ["GRAPHS", "ROWS", "Answerer", "Parameter", "Question", "Table", "load", "read_question", "to_question"]
