//DEPS io.github.padreati:rapaio-lib:7.0.1
//DEPS org.tribuo:tribuo-classification-core:4.3.2

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.experimaestro.RandomStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Data sets of the UCI Machine Learning Repository (CC BY 4.0), as shipped by the Maven artifact {@code
 * io.github.padreati:rapaio-lib} (Apache-2.0).
 */
enum Data {
    /** 150 flowers of three species (R. A. Fisher, <a href="https://doi.org/10.24432/C56C76">Iris</a>, 1936). */
    IRIS("iris-r.csv"),
    /** 208 echoes of rocks and mines (T. Sejnowski and R. Gorman, <a href="https://doi.org/10.24432/C5T01Q">Sonar</a>). */
    SONAR("sonar.arff"),
    /** 1,000 of 4,601 mails (M. Hopkins et al., <a href="https://doi.org/10.24432/C53G6X">Spambase</a>, 1999). */
    SPAM("spam-base.csv");

    private static final LabelFactory LABELS = new LabelFactory();
    private static final double TRAINED = 0.7;
    /** More examples would only make the benchmark slower. */
    private static final int MOST = 1_000;

    private final String file;

    Data(String file) {
        this.file = file;
    }

    /**
     * A part for training and one for testing.
     *
     * @param train seven of ten examples
     * @param test the others
     */
    record Split(MutableDataset<Label> train, MutableDataset<Label> test) {}

    /** Splits the examples at random: the same for all learners of a replicate, so that these can be compared by pairs. */
    Split split(int replicate) throws IOException {
        List<Example<Label>> examples = read();
        Collections.shuffle(examples, Random.from(RandomStream.of(replicate, "split " + file)));
        int size = Math.min(MOST, examples.size());
        int end = (int) (TRAINED * size);
        return new Split(dataset(examples.subList(0, end)), dataset(examples.subList(end, size)));
    }

    private MutableDataset<Label> dataset(List<Example<Label>> examples) {
        return new MutableDataset<>(examples, new SimpleDataSourceProvenance(file, LABELS), LABELS);
    }

    /** Reads lines of numbers, the last word of which is the class. */
    private List<Example<Label>> read() throws IOException {
        List<Example<Label>> examples = new ArrayList<>();
        try (InputStream in = Data.class.getResourceAsStream("/rapaio/datasets/" + file);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // The lines before the data begin with a name, a comment or a keyword.
                if (!line.isEmpty() && Character.isDigit(line.charAt(0))) {
                    examples.add(example(line.split(",")));
                }
            }
        }
        return examples;
    }

    private static Example<Label> example(String[] words) {
        int features = words.length - 1;
        var example = new ArrayExample<>(new Label(words[features].strip()));
        for (int i = 0; i < features; i++) {
            example.add("x" + i, Double.parseDouble(words[i]));
        }
        return example;
    }
}
