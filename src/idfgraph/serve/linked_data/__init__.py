"""What a release holds, by path, in each form that clients take."""

from .holdings import Holdings as Holdings
from .request import answered as answered
