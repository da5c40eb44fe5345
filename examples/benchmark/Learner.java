//DEPS org.tribuo:tribuo-classification-sgd:4.3.2
//DEPS org.tribuo:tribuo-classification-tree:4.3.2

import java.util.List;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.transform.TransformTrainer;
import org.tribuo.transform.TransformationMap;
import org.tribuo.transform.transformations.MeanStdDevTransformation;

/** Ways of Tribuo to learn a classifier. */
enum Learner {
    /** Logistic regression, on features with mean 0 and deviation 1. */
    LOGISTIC {
        @Override
        Trainer<Label> trainer(long seed) {
            var linear = new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(0.1), EPOCHS, seed);
            var scaling = new TransformationMap(List.of(new MeanStdDevTransformation()));
            return new TransformTrainer<>(linear, scaling);
        }
    },
    /** A decision tree. */
    TREE {
        @Override
        Trainer<Label> trainer(long seed) {
            return new CARTClassificationTrainer(DEPTH, 1, seed);
        }
    },
    /** A random forest. */
    FOREST {
        @Override
        Trainer<Label> trainer(long seed) {
            var tree = new CARTClassificationTrainer(DEPTH, SHARE_OF_FEATURES, seed);
            return new RandomForestTrainer<>(tree, new VotingCombiner(), TREES, seed);
        }
    };

    private static final int EPOCHS = 20;
    private static final int DEPTH = 12;
    private static final int TREES = 30;
    private static final float SHARE_OF_FEATURES = 0.3f;

    abstract Trainer<Label> trainer(long seed);
}
