import java.io.IOException;
import org.experimaestro.*;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;

/**
 * Learns a classifier, and measures its accuracy on other examples.
 *
 * @param data the data set
 * @param learner the way to learn
 * @param replicate the number of the repetition, from 0; it chooses the split, and the random numbers of the learner
 */
@ConfigType("benchmark.classify")
record Classify(Data data, Learner learner, @Default("0") int replicate) implements SelfTask<Classify> {
    @Override
    public void execute(TaskContext context) throws IOException {
        Data.Split split = data.split(replicate);
        Model<Label> model = learner.trainer(context.random("learn").nextLong()).train(split.train());
        context.metric("accuracy", new LabelEvaluator().evaluate(model, split.test()).accuracy());
    }
}
