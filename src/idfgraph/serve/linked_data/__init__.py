"""What a release holds, by path, in each form that clients take."""

from .conditions import refusal as refusal
from .holdings import Holdings as Holdings
from .pinned_files import PinnedFiles as PinnedFiles
from .request import answered as answered
