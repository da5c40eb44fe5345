import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.*;

/**
 * A made-up collection of articles, with topics and judgements. A topic prefers some words, of which a query has three. An
 * article is about one topic, for whose query it is relevant. It touches others, the longer the more, so that ranking has to
 * weigh words against length.
 *
 * @param count the number of articles
 * @param topics the number of topics
 * @param seed seed of the random numbers
 * @param articles the file to write: a line for each article, with its topic, a tab, and its text
 * @param queries the file to write: the query of each topic
 */
@ConfigType("lucene.articles")
record Articles(
        @Range(min = 1) int count,
        @Range(min = 1) int topics,
        @Default("1") long seed,
        @GeneratedPath("articles.tsv") Path articles,
        @GeneratedPath("queries.txt") Path queries)
        implements SelfTask<Articles> {
    private static final int WORDS = 2_000;
    /** The words of topics are neither very frequent nor very rare. */
    private static final int FIRST_OF_TOPICS = 60;
    private static final int LAST_OF_TOPICS = 900;
    private static final int WORDS_OF_A_TOPIC = 10;
    private static final int WORDS_OF_A_QUERY = 3;
    private static final double SHARE_OF_TOPICS = 0.12;

    @Override
    public void execute(TaskContext context) throws IOException {
        RandomStream random = RandomStream.of(seed, "articles");
        List<int[]> preferred = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int topic = 0; topic < topics; topic++) {
            int[] words = new int[WORDS_OF_A_TOPIC];
            StringBuilder query = new StringBuilder();
            for (int i = 0; i < words.length; i++) {
                words[i] = random.nextInt(FIRST_OF_TOPICS, LAST_OF_TOPICS);
                query.append(i < WORDS_OF_A_QUERY ? word(words[i]) + " " : "");
            }
            preferred.add(words);
            lines.add(query.toString().strip());
        }
        Files.write(queries, lines);
        try (BufferedWriter out = Files.newBufferedWriter(articles)) {
            for (int article = 0; article < count; article++) {
                int topic = random.nextInt(topics);
                out.write(topic + "\t" + text(topic, preferred, random) + "\n");
            }
        }
    }

    private static String text(int topic, List<int[]> preferred, RandomStream random) {
        int length = 15 + (int) StrictMath.exp(4 + random.nextGaussian());
        int[] about = new int[2 + length / 60];
        for (int i = 0; i < about.length; i++) {
            // Half of what is said about topics is about the topic of the article.
            about[i] = i < (about.length + 1) / 2 ? topic : random.nextInt(preferred.size());
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int word = zipf(random);
            if (random.nextDouble() < SHARE_OF_TOPICS) {
                word = preferred.get(about[random.nextInt(about.length)])[random.nextInt(WORDS_OF_A_TOPIC)];
            }
            text.append(word(word)).append(' ');
        }
        return text.toString().strip();
    }

    /** Draws a word, the n-th of which is about 1/n times as frequent as the first. */
    private static int zipf(RandomStream random) {
        return (int) StrictMath.pow(WORDS, random.nextDouble()) - 1;
    }

    /** Spells a number in syllables. */
    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int rest = number + 60; rest > 0; rest /= 60) {
            word.append("bdfgklmnprst".charAt(rest % 12)).append("aeiou".charAt(rest / 12 % 5));
        }
        return word.toString();
    }
}
