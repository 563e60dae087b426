from search.evaluation import Answer, JudgedQuery, Measured, Values
from search.evaluation.report import measured_json, run_lines, table

ROW = Measured("help/pl", "ab" * 32, "pl", 1190, Values((0.81239, 0.75, 1.0), 0.0253, 6.04, 12.34))


def test_a_table_has_a_line_for_each_row_and_each_mean() -> None:
    lines = table([ROW], {"all": ROW.values}).splitlines()
    assert [line.split("  ")[0] for line in lines] == ["set", "help/pl", "mean, all"]
    assert lines[0].split() == ("set language queries nDCG@10 MRR@10 recall@100 zero hits ms median ms p95".split())
    assert lines[1].split() == ["help/pl", "pl", "1,190", "0.812", "0.750", "1.000", "2.5%", "6.0", "12.3"]
    assert lines[2].split() == ["mean,", "all", "0.812", "0.750", "1.000", "2.5%", "6.0", "12.3"]
    assert len({len(line) for line in lines}) == 1


def test_json_says_the_same() -> None:
    values = {
        "nDCG@10": 0.8124,
        "MRR@10": 0.75,
        "recall@100": 1.0,
        "zero_hit_rate": 0.0253,
        "median_ms": 6.04,
        "p95_ms": 12.34,
    }
    said = measured_json([ROW], {"all": ROW.values})
    assert said == {
        "rows": [{"set": "help/pl", "language": "pl", "queries": 1190, "sha256": "ab" * 32, **values}],
        "means": [{"of": "all", **values}],
    }


def test_a_run_has_six_columns_and_scores_in_the_order_of_ranks() -> None:
    answers = [Answer(JudgedQuery("q1", "…", "pl"), ("a", "b"), 1.0), Answer(JudgedQuery("q2", "…", "pl"), (), 1.0)]
    assert run_lines(answers) == ["q1 Q0 a 1 2 karjera", "q1 Q0 b 2 1 karjera"]
