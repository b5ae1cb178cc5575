"""Two ways to use a page, with the same verbs: the mouse, and the keyboard alone."""

PARTS = ("Day", "Month", "Year")


class Mouse:
    """A person who points. Subclasses do the same four things in another way."""

    def __init__(self, page):
        self.page = page

    def activate(self, target):
        target.click()

    def write(self, target, text):
        target.fill(text)

    def choose(self, target, option):
        target.select_option(option)

    def tick(self, target):
        target.check()

    # Everything else is made of those four.

    def follow(self, name):
        """By the whole name of the link, as a screen reader would say it."""
        self.activate(self.page.get_by_role("link", name=name, exact=True).first)

    def press(self, name):
        self.activate(self.page.get_by_role("button", name=name, exact=True).first)

    def answer(self, label, text, within=None):
        self.write((within or self.page).get_by_role("textbox", name=label, exact=True), text)

    def select(self, label, option, within=None):
        self.choose((within or self.page).get_by_role("combobox", name=label, exact=True), option)

    def answer_date(self, label, date, within=None):
        boxes = (within or self.page).get_by_role("group", name=label, exact=True)
        for part, number in zip(PARTS, (date.day, date.month, date.year), strict=True):
            self.answer(part, str(number), within=boxes)


class Keyboard(Mouse):
    """A person who never points: Tab to what is wanted, then Enter, Space, arrows or the words."""

    MOST_TABS = 600

    def tab_until(self, is_there):
        for _ in range(self.MOST_TABS):
            if is_there():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.MOST_TABS} times Tab did not lead there")

    def reach(self, target):
        target.wait_for()
        box = target.element_handle()
        self.tab_until(lambda: box.evaluate("box => box === document.activeElement"))

    def activate(self, target):
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target, text):
        self.reach(target)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)

    def choose(self, target, option):
        self.reach(target)
        self.page.keyboard.press("Home")
        for _ in range(target.locator("option").count()):
            if target.evaluate("box => box.selectedOptions[0].label") == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"“{option}” is not among the answers")

    def tick(self, target):
        if target.get_attribute("type") == "radio":
            self.tick_radio(target)
        else:
            self.reach(target)
            self.page.keyboard.press("Space")

    def tick_radio(self, target):
        """Tab leads to one of the radios only, arrows from one to the next."""
        name = target.get_attribute("name")
        self.tab_until(lambda: self.page.evaluate("document.activeElement.name") == name)
        self.page.keyboard.press("Space")
        while not target.is_checked():
            self.page.keyboard.press("ArrowDown")
