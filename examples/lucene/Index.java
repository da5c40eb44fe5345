//DEPS org.apache.lucene:lucene-core:10.6.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.experimaestro.*;

/**
 * Indexes articles with Lucene.
 *
 * @param articles the articles
 * @param folder the folder of the index
 */
@ConfigType("lucene.index")
record Index(Articles articles, @GeneratedPath("index") Path folder) implements SelfTask<Index> {
    static final String TOPIC = "topic";
    static final String TEXT = "text";

    @Override
    public void execute(TaskContext context) throws IOException {
        try (var directory = FSDirectory.open(folder);
                var writer = new IndexWriter(directory, new IndexWriterConfig(new StandardAnalyzer()))) {
            for (String line : Files.readAllLines(articles.articles())) {
                String[] fields = line.split("\t");
                var document = new Document();
                document.add(new StringField(TOPIC, fields[0], Field.Store.YES));
                document.add(new TextField(TEXT, fields[1], Field.Store.NO));
                writer.addDocument(document);
            }
        }
    }
}
