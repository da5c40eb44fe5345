import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.experimaestro.*;

/**
 * Ranks articles for each topic by BM25: metric {@code map}, the mean average precision, and {@code ndcg}, the mean normalized
 * discounted cumulative gain of the first ten, both also by topic.
 *
 * @param index the index
 * @param k1 how much a word gains by being repeated
 * @param b how much the length of an article counts, from 0 to 1
 */
@ConfigType("lucene.rank")
record Rank(Index index, @Range(min = 0) double k1, @Range(min = 0, max = 1) double b) implements SelfTask<Rank> {
    private static final int DEPTH = 1_000;
    private static final int FIRST = 10;

    @Override
    public void execute(TaskContext context) throws IOException {
        List<String> queries = Files.readAllLines(index.articles().queries());
        double map = 0;
        double ndcg = 0;
        int topics = 0;
        try (var directory = FSDirectory.open(index.folder());
                var reader = DirectoryReader.open(directory)) {
            var searcher = new IndexSearcher(reader);
            searcher.setSimilarity(new BM25Similarity((float) k1, (float) b));
            for (int topic = 0; topic < queries.size(); topic++) {
                int relevant = searcher.count(new TermQuery(new Term(Index.TOPIC, String.valueOf(topic))));
                if (relevant == 0) {
                    continue; // without an article, a topic has no precision
                }
                topics++;
                boolean[] hits = hits(searcher, queries.get(topic), topic);
                double precision = averagePrecision(hits, relevant);
                double gain = gain(hits) / gain(ideal(relevant));
                context.metric("map", String.valueOf(topic), precision);
                context.metric("ndcg", String.valueOf(topic), gain);
                map += precision;
                ndcg += gain;
            }
        }
        context.metric("map", map / topics);
        context.metric("ndcg", ndcg / topics);
    }

    /** Returns whether the article at each rank is relevant. */
    private static boolean[] hits(IndexSearcher searcher, String words, int topic) throws IOException {
        var query = new BooleanQuery.Builder();
        for (String word : words.split(" ")) {
            query.add(new TermQuery(new Term(Index.TEXT, word)), BooleanClause.Occur.SHOULD);
        }
        ScoreDoc[] ranked = searcher.search(query.build(), DEPTH).scoreDocs;
        boolean[] hits = new boolean[ranked.length];
        for (int rank = 0; rank < ranked.length; rank++) {
            String found = searcher.storedFields().document(ranked[rank].doc).get(Index.TOPIC);
            hits[rank] = found.equals(String.valueOf(topic));
        }
        return hits;
    }

    private static double averagePrecision(boolean[] hits, int relevant) {
        int found = 0;
        double sum = 0;
        for (int rank = 0; rank < hits.length; rank++) {
            if (hits[rank]) {
                found++;
                sum += (double) found / (rank + 1);
            }
        }
        return sum / relevant;
    }

    private static double gain(boolean[] hits) {
        double gain = 0;
        for (int rank = 0; rank < Math.min(FIRST, hits.length); rank++) {
            gain += hits[rank] ? 1 / (StrictMath.log(rank + 2) / StrictMath.log(2)) : 0;
        }
        return gain;
    }

    private static boolean[] ideal(int relevant) {
        boolean[] hits = new boolean[relevant];
        Arrays.fill(hits, true);
        return hits;
    }
}
