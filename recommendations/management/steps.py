"""How a long command says what it is doing: at a terminal with a bar for each step, elsewhere with a line a step."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


class Steps:
    """Called with what begins now, and how much of it there is; returns what to call with each amount that is done."""

    def __init__(self, say):
        self.say = say
        console = Console(stderr=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TimeElapsedColumn(),
        )
        self.bars = Progress(*columns, console=console) if console.is_terminal else None

    def __enter__(self):
        if self.bars:
            self.bars.start()
        return self

    def __exit__(self, *failure):
        if self.bars:
            self.bars.stop()

    def __call__(self, words, total=None):
        if self.bars is None:
            self.say(f"{words} …")
            return lambda amount: None
        for task in self.bars.task_ids:
            self.bars.update(task, completed=self.bars.tasks[task].total or 1, total=self.bars.tasks[task].total or 1)
        task = self.bars.add_task(words, total=total)
        return lambda amount: self.bars.advance(task, amount)
