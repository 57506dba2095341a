# Every target sets up what it needs first; the second time that costs nothing.
# packaging/setup.sh explains how.

PYTHON_ENV := .venv/bin/python
export FILE

.PHONY: run test test-long lint rules screenshots walk bench fuzz freeze package package-test pin clean

run:
	@bash packaging/run.sh

test: lint
	$(PYTHON_ENV) -m pytest -m "not long" -n 2 --dist loadfile

test-long:
	@bash packaging/setup.sh test
	$(PYTHON_ENV) -m pytest -m long
	$(PYTHON_ENV) packaging/repeat_gui.py

lint:
	@bash packaging/setup.sh test
	$(PYTHON_ENV) -m ruff check .
	$(PYTHON_ENV) -m ruff format --check .
	$(PYTHON_ENV) -m mypy
	.venv/bin/lint-imports

rules:
	@bash packaging/setup.sh run
	@$(PYTHON_ENV) main.py rules

screenshots:
	@bash packaging/setup.sh test
	QT_QPA_PLATFORM=offscreen $(PYTHON_ENV) packaging/screenshots.py

walk:
	@bash packaging/setup.sh test
	$(PYTHON_ENV) packaging/keyboard_walk.py

bench:
	@bash packaging/setup.sh test
	@bash packaging/setup_bench.sh || echo "bench: other readers are left out"
	QT_QPA_PLATFORM=offscreen $(PYTHON_ENV) packaging/bench.py

fuzz:
	@bash packaging/setup.sh test
	$(PYTHON_ENV) packaging/fuzz.py

freeze:
	@bash packaging/setup.sh freeze
	$(PYTHON_ENV) -m PyInstaller --noconfirm --clean --log-level WARN build.spec
	@bash packaging/check_frozen.sh

# Both need root, and debootstrap; what they build and try is in dist/linux.
package:
	@bash packaging/setup.sh run
	@bash packaging/linux/build.sh

package-test:
	@bash packaging/linux/try_deb.sh

pin:
	@bash packaging/pin.sh

clean:
	rm -rf build dist out
