"""The command lines: a problem is one line that names it, exit code 1, and nothing written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from upres_lab import evaluate, export, train
from upres_lab.draw import draw_page
from upres_lab.errors import exit_with_line

PROBLEMS = {
    "no name": (train, "--scale 2", "no name"),
    "scale 3": (train, "--name x --scale 3", "--scale 3 is not supported"),
    "no data": (train, "--name x --data nowhere", "no folder nowhere"),
    "no teacher": (train, "--name x --teacher t --teachers .", "no teacher t in ."),
    "no run to resume": (train, "--name x --out . --resume", "no checkpoint in x"),
    "no checkpoint": (export, "--checkpoint gone --out out", "no checkpoint in gone"),
    "no model": (evaluate, "--model gone --bench . --scale 2", "gone/model.json is missing"),
    "no test sets": (evaluate, "--model bicubic --bench . --scale 2", "none of Set5"),
}


@pytest.fixture
def bench(tmp_path):
    (tmp_path / "Set5").mkdir()
    Image.fromarray(draw_page(0, 128, 96)).save(tmp_path / "Set5" / "page.png")
    return tmp_path


@pytest.mark.parametrize(("tool", "options", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_is_one_line(tmp_path, monkeypatch, capsys, tool, options, message):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["tool", *options.split()])
    with pytest.raises(SystemExit) as stopped:
        exit_with_line(tool.main)
    line = capsys.readouterr().err
    assert stopped.value.code == 1
    assert line.startswith("error: ")
    assert line.count("\n") == 1
    assert message in line
    assert list(tmp_path.iterdir()) == []


def test_the_wrong_scale_is_named(monkeypatch, capsys, bench):
    shipped = Path(__file__).parents[2] / "assets" / "models" / "tiny-x2"
    if not shipped.is_dir():
        pytest.skip("no shipped model in this checkout")
    options = ["--model", str(shipped), "--bench", str(bench), "--scale", "4"]
    monkeypatch.setattr(sys, "argv", ["evaluate", *options])
    with pytest.raises(SystemExit):
        exit_with_line(evaluate.main)
    assert "upscales by 2; give --scale 2" in capsys.readouterr().err


def test_evaluate_as_a_process(bench):
    options = [
        "--model",
        "bicubic",
        "--bench",
        ".",
        "--scale",
        "2",
        "--json",
        "out.json",
        "--crops",
        "crops",
    ]
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "upres_lab.evaluate", *options]
    subprocess.run(command, cwd=bench, env=env, check=True, capture_output=True)
    result = json.loads((bench / "out.json").read_text())
    assert result["sets"] == result["bicubic"]
    assert result["sets"]["Set5"]["psnr"] > 10
    with Image.open(bench / "crops" / "Set5-page-x2-clean.png") as sheet:
        assert sheet.size == (4 * 48 * 2, 48 * 2)
