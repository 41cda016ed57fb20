"""The data set: 231,083 flights and the 1,707 earthquakes of a week, one record a row.

A record's data is the row exactly as it stands in the file.  A flight's key is its distance in
miles, an earthquake's the network and the kind of magnitude that reported it.
"""

import json
import pathlib


class DataSetError(Exception):
    pass


def rows(text, start):
    """The elements of the JSON array that begins at `start`: (as written, parsed)."""
    decoder = json.JSONDecoder()
    position = start + 1
    while True:
        while text[position] in " \r\n\t,":
            position += 1
        if text[position] == "]":
            return
        value, end = decoder.raw_decode(text, position)
        yield text[position:end], value
        position = end


def flights(directory):
    text = (directory / "flights-200k.json").read_text(encoding="utf-8")
    for written, row in rows(text, text.index("[")):
        yield str(row["distance"]), written.encode()


def earthquakes(directory):
    text = (directory / "earthquakes.json").read_text(encoding="utf-8")
    for written, row in rows(text, text.index("[", text.index('"features"'))):
        properties = row["properties"]
        yield f"{properties['net']}.{properties['magType']}", written.encode()


def events(directory):
    """(key, data) of every row; the earthquakes lie spread among the flights."""
    directory = pathlib.Path(directory)
    many, few = list(flights(directory)), list(earthquakes(directory))
    if (len(many), len(few)) != (231083, 1707):
        raise DataSetError(f"not the expected files: {len(many)} flights, {len(few)} earthquakes")
    every, mixed = len(many) // len(few), []
    for index, event in enumerate(many):
        mixed.append(event)
        if index % every == every - 1 and few:
            mixed.append(few.pop(0))
    return mixed + few
