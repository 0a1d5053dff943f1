"""Records what a program shows on a terminal as an SVG that plays it: how training.svg was made.

    python3 docs/images/record.py docs/images/training.svg './demo.sh --data mnist' \
        dotnet artifacts/bin/Samples/release/Dlm.Samples.dll lenet --data mnist

The second argument is the command line to show above it. What does not animate an SVG shows its last frame.
"""
import fcntl
import html
import os
import pty
import re
import struct
import sys
import termios
import time

COLUMNS, ROWS = 100, 60
FRAME_SECONDS, HOLD_SECONDS = 0.5, 8.0
CELL_WIDTH, LINE_HEIGHT, FONT_SIZE = 8.4, 18, 14
INK, PAPER, DIM = "#c9d1d9", "#0d1117", "#6e7681"
COLOURS = {2: "#3fb950", 8: DIM, 9: "#f85149", 11: "#d29922"}
CODE = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z])|\x1b[=>]|\r|\n|[^\x1b\r\n]+")


class Screen:
    """As much of a terminal as Spectre.Console needs: moves up and to a line's start, erases, colours."""

    def __init__(self):
        self.rows, self.row, self.column, self.colour = [{}], 0, 0, INK

    def feed(self, text):
        for match in CODE.finditer(text):
            numbers, letter = match.group(1), match.group(2)
            if match.group() == "\r":
                self.column = 0
            elif match.group() == "\n":
                self.row += 1
                while len(self.rows) <= self.row:
                    self.rows.append({})
            elif letter == "A":
                self.row = max(0, self.row - max(1, int(numbers or 1)))
            elif letter == "K":
                self.rows[self.row] = {}
            elif letter == "m":
                self.paint(numbers)
            elif letter is None and not match.group().startswith("\x1b"):
                for character in match.group():
                    self.rows[self.row][self.column] = (character, self.colour)
                    self.column += 1

    def paint(self, numbers):
        codes = [int(n or 0) for n in numbers.split(";")]
        if codes[:2] == [38, 5]:
            self.colour = COLOURS.get(codes[2], INK)
        elif codes == [2]:
            self.colour = DIM
        elif codes == [0]:
            self.colour = INK

    def lines(self):
        """Each line as runs of one colour without wide gaps: (column, text, colour)."""
        result = []
        for row in self.rows:
            runs = []
            for column in sorted(row):
                character, colour = row[column]
                if character == " ":
                    continue
                if runs and runs[-1][2] == colour and 0 <= column - runs[-1][0] - len(runs[-1][1]) <= 1:
                    runs[-1][1] += " " * (column - runs[-1][0] - len(runs[-1][1])) + character
                else:
                    runs.append([column, character, colour])
            result.append(runs)
        while result and not result[-1]:
            result.pop()
        return result


def record(command):
    """The screens that the command showed, one every FRAME_SECONDS and the last."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color")
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    screen, frames, due, pending = Screen(), [], time.monotonic(), b""
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:
            break
        if not data:
            break
        pending += data
        # A character or a code may be cut in two.
        whole = pending.rfind(b"m") + 1 or pending.rfind(b"\n") + 1
        screen.feed(pending[:whole].decode())
        pending = pending[whole:]
        if time.monotonic() >= due:
            frames.append(screen.lines())
            due = time.monotonic() + FRAME_SECONDS
    screen.feed(pending.decode())
    frames.append(screen.lines())
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        sys.exit("the command failed")
    return [frame for frame in frames if frame]


def draw(frames, title):
    def y(line):
        return (line + 3) * LINE_HEIGHT

    def line_of(number, runs):
        spans = "".join(
            f'<tspan x="{(column + 2) * CELL_WIDTH:.1f}" textLength="{len(text) * CELL_WIDTH:.1f}" fill="{colour}">{html.escape(text)}</tspan>'
            for column, text, colour in runs)
        return f'<text y="{y(number)}">{spans}</text>'

    width = (max(run[0] + len(run[1]) for frame in frames for line in frame for run in line) + 4) * CELL_WIDTH
    height = y(max(map(len, frames))) + LINE_HEIGHT
    total = len(frames) * FRAME_SECONDS + HOLD_SECONDS
    style = [f"text{{font:{FONT_SIZE}px ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace;white-space:pre}}", ".f{visibility:hidden}"]
    # A line is drawn once for as long as it stands: from the frame where it comes up to the one where it changes.
    spans, last = [], len(frames) - 1
    standing = {}
    for index, frame in enumerate(frames):
        for number, runs in enumerate(frame):
            span = standing.get(number)
            if span is None or span["end"] != index - 1 or span["runs"] != runs:
                span = standing[number] = {"number": number, "start": index, "runs": runs}
                spans.append(span)
            span["end"] = index
    body = []
    for number, start, end, runs in ((s["number"], s["start"], s["end"], s["runs"]) for s in spans if s["runs"]):
        if start == 0 and end == last:
            body.append(line_of(number, runs))
            continue
        begin, stop = 100 * start * FRAME_SECONDS / total, 100 if end == last else 100 * (end + 1) * FRAME_SECONDS / total
        name = f"k{start}_{end}"
        rule = f"@keyframes {name}{{0%,{stop:.2f}%{{visibility:{'visible' if start == 0 else 'hidden'}}}" if start == 0 else \
            f"@keyframes {name}{{0%{{visibility:hidden}}{begin:.2f}%{{visibility:visible}}"
        rule += "100%{visibility:visible}}" if end == last else f"{stop:.2f}%,100%{{visibility:hidden}}}}"
        use = f".{name}{{animation:{name} {total}s steps(1) infinite}}"
        if rule not in style:
            style += [rule, use]
        body.append(f'<g class="{name}{"" if end == last else " f"}">{line_of(number, runs)}</g>')
    prompt = f'<text y="{2 * LINE_HEIGHT}" x="{2 * CELL_WIDTH}" fill="{INK}"><tspan fill="{COLOURS[2]}">$</tspan> {html.escape(title)}</text>'
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}">'
            f'<style>{"".join(style)}</style><rect width="100%" height="100%" rx="8" fill="{PAPER}"/>\n{prompt}\n' + "\n".join(body) + "\n</svg>\n")


if __name__ == "__main__":
    path, title, *command = sys.argv[1:]
    svg = draw(record(command), title)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(svg)
