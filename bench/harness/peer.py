"""One round of a peer written in Python: peer.py TASK FILE prints the figure, which is CPU time of this process.

FILE holds the task's input as JSON. The units are those of the contests in ../contests.
"""
import json
import sys
import time

clock = time.process_time


def per_second(count, work, seconds=1.0):
    work()
    times, start = 0, clock()
    while clock() - start < seconds:
        work()
        times += 1
    return count * times / (clock() - start)


class Split:
    def tokenize(self, text):
        return text.split(' ')


def rouge(pairs):
    from rouge_score import rouge_scorer
    scorer = rouge_scorer.RougeScorer(['rouge1', 'rouge2', 'rougeL'], tokenizer=Split())
    return per_second(len(pairs), lambda: [scorer.score(b, a) for a, b in pairs])


def chrf(pairs, word_order=0):
    from sacrebleu.metrics import CHRF
    metric = CHRF(word_order=word_order)
    return per_second(len(pairs), lambda: [metric.sentence_score(a, [b]) for a, b in pairs])


def chrf_pp(pairs):
    return chrf(pairs, 2)


def milliseconds(work):
    work()
    start = clock()
    work()
    return 1000 * (clock() - start)


def bootstrap(data):
    import numpy as np
    from scipy import stats
    x = np.array(data['xs'])
    return milliseconds(lambda: stats.bootstrap((x,), np.mean, n_resamples=10000, method='percentile', rng=1))


def sign_flips(data):
    import numpy as np
    from scipy import stats
    x = np.array(data['xs']) - np.array(data['ys'])
    mean = lambda a, axis: np.mean(a, axis=axis)
    return milliseconds(
        lambda: stats.permutation_test((x,), mean, permutation_type='samples', vectorized=True, n_resamples=10000, rng=1))


def paired(data, statistic):
    import numpy as np
    from scipy import stats
    x, y = np.array(data['xs']), np.array(data['ys'])
    of = lambda a, b: getattr(stats, statistic)(a, b).statistic
    start = clock()
    stats.bootstrap((x, y), of, n_resamples=10000, method='percentile', paired=True, vectorized=False, rng=1)
    return 1000 * (clock() - start)


def spearman(data):
    return paired(data, 'spearmanr')


def kendall(data):
    return paired(data, 'kendalltau')


def bm25s_tools():
    import bm25s
    import Stemmer
    stemmer = Stemmer.Stemmer('russian')
    return bm25s, lambda texts: bm25s.tokenize(texts, stopwords='russian', stemmer=stemmer, show_progress=False)


def bm25s_index(data):
    bm25s, tokens = bm25s_tools()
    tokens(data['posts'][:100])
    start = clock()
    bm25s.BM25(method='lucene', k1=0.9, b=0.75).index(tokens(data['posts']), show_progress=False)
    return clock() - start


def bm25s_queries(data, backend='numpy'):
    bm25s, tokens = bm25s_tools()
    index = bm25s.BM25(method='lucene', k1=0.9, b=0.75, backend=backend)
    index.index(tokens(data['posts']), show_progress=False)
    ask = lambda query: index.retrieve(tokens(query), k=10, show_progress=False, n_threads=1)
    # It refuses a query of stop words alone.
    spoken = [query for query in data['queries'] if tokens(query).ids[0]]
    queries = spoken if backend == 'numba' else spoken[:40]
    return per_second(len(queries), lambda: [ask(query) for query in queries])


def bm25s_numba_queries(data):
    import numba  # noqa: F401  the backend needs it
    return bm25s_queries(data, 'numba')


def rank_bm25_index(data):
    from rank_bm25 import BM25Okapi
    start = clock()
    BM25Okapi([text.lower().split() for text in data['posts']])
    return clock() - start


def rank_bm25_queries(data):
    from rank_bm25 import BM25Okapi
    index = BM25Okapi([text.lower().split() for text in data['posts']])
    ask = lambda query: index.get_top_n(query.lower().split(), data['posts'], n=10)
    return per_second(5, lambda: [ask(query) for query in data['queries'][:5]])


def trec_eval(data):
    import pytrec_eval
    evaluator = pytrec_eval.RelevanceEvaluator(data['qrels'], {'ndcg_cut.10', 'map', 'recip_rank'})
    return per_second(len(data['run']), lambda: evaluator.evaluate(data['run']))


if __name__ == '__main__':
    with open(sys.argv[2], encoding='utf-8') as file:
        print(globals()[sys.argv[1]](json.load(file)))
