import static org.experimaestro.Tags.tag;
import static org.experimaestro.Tags.tagsPath;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.Default;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Report;
import org.experimaestro.Requirement;

/** Learns models of several depths, and compares them on mails that they have not seen. */
class LayersPlan implements ExperimentPlan<LayersPlan.Settings> {

    /**
     * The keys of the YAML files.
     *
     * @param epochs number of times to go through the examples
     * @param nLayers the numbers of layers to compare ({@code n_layers} in the file)
     * @param learnNeeds what a machine must have to learn a model
     * @param evaluateNeeds what a machine must have to evaluate one
     */
    record Settings(
            int epochs,
            List<Integer> nLayers,
            @Default("duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4)"
                    + " | duration=4 days & cuda(mem=16G) * 2 & cpu(mem=400M, cores=4)")
            Requirement learnNeeds,
            @Default("duration=6 hours & cuda(mem=16G) * 4 & cpu(mem=2G, cores=16)") Requirement evaluateNeeds) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        var learnLauncher = Launcher.find(settings.learnNeeds());
        var evaluationLauncher = Launcher.find(settings.evaluateNeeds());

        var optimizer = AdamBuilder.adam().lr(1e-4).build();
        var dataset = MyDatasetBuilder.myDataset().build();

        Map<String, Config<LearnedModel>> learned = new TreeMap<>();
        for (int layers : settings.nLayers()) {
            var model = AwesomeModelBuilder.awesomeModel().layers(tag(layers)).build();

            // Learn the model
            var learn = LearnBuilder.learn()
                    .model(model)
                    .data(dataset.get(MyDataset::train))
                    .optimizer(optimizer)
                    .epochs(settings.epochs())
                    .build();
            var learnedModel = xp.submit(learn, learnLauncher);

            // Keep track of the learned models: here tagsPath is "layers=3", then "layers=5"
            learned.put(tagsPath(learnedModel), learnedModel);

            // And evaluate
            var evaluate = EvaluateBuilder.evaluate()
                    .data(dataset.get(MyDataset::test))
                    .model(learnedModel)
                    .build();
            xp.submit(evaluate, evaluationLauncher);
        }
        System.out.println("Models: " + learned.keySet());
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
