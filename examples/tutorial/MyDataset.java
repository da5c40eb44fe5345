import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.DefaultFrom;

/**
 * The data of an experiment, in two parts that have no example in common.
 *
 * @param train the examples to learn from; those of {@link Spambase} unless set
 * @param test the examples to evaluate on; those of {@link Spambase} unless set
 */
@ConfigType("tutorial.my-dataset")
public record MyDataset(
        @DefaultFrom("spambaseTrain") Dataset train,
        @DefaultFrom("spambaseTest") Dataset test) implements Configurable {

    static Config<Spambase> spambaseTrain() {
        return SpambaseBuilder.spambase().part(Spambase.Part.TRAIN).build();
    }

    static Config<Spambase> spambaseTest() {
        return SpambaseBuilder.spambase().part(Spambase.Part.TEST).build();
    }
}
