"""The proxy that counts tokens for benchmarks: by the server's own words, also where a client hangs up."""

import httpx2

from eval.counting import counting
from tests.integration.llm_server import Handler, Reply, endpoint

TIMINGS = {"cache_n": 100, "prompt_n": 20, "predicted_n": 7}


def counted(*, deltas: int) -> Reply:
    """A stream in which each delta says what it has come to, as llama.cpp does when asked to."""

    def reply(handler: Handler) -> None:
        handler.begin(200, "text/event-stream")
        for number in range(1, deltas + 1):
            handler.event({"choices": [], "timings": TIMINGS | {"predicted_n": number}})
        handler.event("[DONE]")

    return reply


def whole(handler: Handler) -> None:
    handler.begin(200, "application/json")
    handler.wfile.write(b'{"choices":[],"timings":{"cache_n":100,"prompt_n":20,"predicted_n":7}}')


def refused(handler: Handler) -> None:
    handler.begin(400, "application/json")
    handler.wfile.write(b'{"error":"too long"}')


def test_whole_answers_and_streams_are_counted_and_passed_on() -> None:
    with endpoint(whole, counted(deltas=3)) as server, counting(server.url) as meter:
        answers = [httpx2.post(f"{meter.url}/chat/completions", json={"n": number}) for number in (1, 2)]
        assert meter.reading == (240, 10)
    assert answers[0].json()["timings"] == TIMINGS
    assert answers[1].text.endswith("data: [DONE]\n\n")
    assert server.requests == [{"n": 1, "timings_per_token": True}, {"n": 2, "timings_per_token": True}]
    assert server.paths == ["/v1/chat/completions"] * 2


def test_a_call_counts_as_far_as_it_went_where_its_client_hangs_up() -> None:
    with endpoint(counted(deltas=50_000)) as server, counting(server.url) as meter:
        with httpx2.stream("POST", f"{meter.url}/chat/completions", json={}) as answer:
            next(answer.iter_lines())
        tokens_in, tokens_out = meter.reading
    assert tokens_in == 120
    assert 1 <= tokens_out < 50_000


def test_a_refusal_is_passed_on_and_costs_nothing() -> None:
    with endpoint(refused) as server, counting(server.url) as meter:
        answer = httpx2.post(f"{meter.url}/chat/completions", json={})
        assert (answer.status_code, meter.reading, meter.calls) == (400, (0, 0), 1)
