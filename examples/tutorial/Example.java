/**
 * One labelled example.
 *
 * @param features what is known of it, one number per feature, in the order of its data set; not copied, not changed
 * @param label its class, from 0 to the number of classes − 1
 */
public record Example(double[] features, int label) {}
