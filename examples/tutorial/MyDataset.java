/**
 * The data of an experiment, in two parts that have no example in common.
 *
 * @param train the examples to learn from
 * @param test the examples to evaluate on
 */
public record MyDataset(Dataset train, Dataset test) {

    /** Returns the two parts of {@link Spambase}. */
    public static MyDataset spambase() {
        return new MyDataset(new Spambase(Spambase.Part.TRAIN), new Spambase(Spambase.Part.TEST));
    }
}
