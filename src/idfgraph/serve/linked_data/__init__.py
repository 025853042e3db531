"""What a release holds, by path, in each form that clients take."""

from .conditions import tag_refusal as tag_refusal
from .file_kinds import SHORT as SHORT
from .file_kinds import policy as policy
from .holdings import Holdings as Holdings
from .pinned_files import PinnedFiles as PinnedFiles
from .request import answered as answered
