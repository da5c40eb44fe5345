import org.experimaestro.*;

/** Ranks the articles of one index with a grid of the two parameters of BM25. */
class Ranking implements ExperimentPlan<Ranking.Settings> {
    record Bm25(double k1, double b) {}

    record Settings(int articles, int topics, Grid<Bm25> models) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Config<Articles> articles = xp.submit(ArticlesBuilder.articles()
                .count(settings.articles())
                .topics(settings.topics())
                .build());
        Config<Index> index = xp.submit(IndexBuilder.index().articles(articles).build());
        for (Grid.Point<Bm25> point : settings.models()) {
            Bm25 model = point.value();
            xp.submit(point.tag(RankBuilder.rank()
                    .index(index)
                    .k1(model.k1())
                    .b(model.b())
                    .build()));
        }
    }

    @Override
    public void report(Report report) {
        TableLayout table = report.table().rows("k1").columns("b").perUnit();
        System.out.println(table.mean("map").best(Best.HIGHEST).bestOfTable());
        System.out.println(table.mean("ndcg").best(Best.HIGHEST).bestOfTable());
    }
}
