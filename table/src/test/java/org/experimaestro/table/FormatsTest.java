package org.experimaestro.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.experimaestro.Best;
import org.experimaestro.JobReport;
import org.experimaestro.PlanException;
import org.experimaestro.Table;
import org.experimaestro.TableFormat;
import org.experimaestro.TableLayout;
import org.experimaestro.core.json.Json;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FormatsTest {
    private static final String HOSTILE = "a&b_%$#{}~^\\<i>|\"*`[x]\u001b,\n";

    private static final String COMPARED =
            "significantly better, or worse, than the baseline k=2 (t test, two-sided, paired by"
                    + " replicate, 3 pairs, Holm for 2 comparisons, level 0.05)";

    private final List<JobReport> jobs = new ArrayList<>();

    FormatsTest() {
        add(1, "x", 0.50, 0.52, 0.54);
        add(2, "x", 0.30, 0.31, 0.35);
        add(1, "y", 0.20, 0.22);
        jobs.add(StoredReport.of(Map.of("k", 1, "b", "y", "seed", 3), "failed"));
    }

    private void add(Object k, String b, double... maps) {
        for (int seed = 1; seed <= maps.length; seed++) {
            jobs.add(StoredReport.done(Map.of("k", k, "b", b, "seed", seed), Map.of("map", maps[seed - 1])));
        }
    }

    private TableLayout layout() {
        return Table.of(List.copyOf(jobs))
                .rows("k")
                .columns("b")
                .mean("map")
                .best(Best.HIGHEST)
                .over("seed");
    }

    private String write(TableFormat format) {
        return layout().compute().to(format);
    }

    @Test
    void markdown_grid_isATable() {
        assertThat(write(TableFormat.MARKDOWN)).isEqualTo("""
            | k | b=x | b=y |
            |---|---|---|
            | 1 | **0.520 ± 0.050** n=3 | 0.210 ± 0.127 n=2 of 3, 1 failed |
            | 2 | 0.320 ± 0.066 n=3 | - |

            map: mean over seed ± half width of the 95% confidence interval (t).\s\s
            Bold: the best of its column (highest); incomplete cells do not compete.\s\s
            Italics: not significantly worse than the best (t test, two-sided, paired by replicate, Holm, level 0.05).
            """);
    }

    @Test
    void latex_grid_hasTheRulesOfBooktabs() {
        assertThat(write(TableFormat.LATEX)).isEqualTo("""
            % \\usepackage{booktabs}
            % map: mean over seed ± half width of the 95% confidence interval (t)
            % bold: the best of its column (highest); incomplete cells do not compete
            % underlined: not significantly worse than the best (t test, two-sided, paired by replicate, Holm, level 0.05)
            \\begin{tabular}{lrr}
            \\toprule
            k & b=x & b=y \\\\
            \\midrule
            1 & \\textbf{0.520 $\\pm$ 0.050} & 0.210 $\\pm$ 0.127 {\\scriptsize(n=2 of 3, 1 failed)} \\\\
            2 & 0.320 $\\pm$ 0.066 & - \\\\
            \\bottomrule
            \\end{tabular}
            """);
    }

    @Test
    void csv_grid_hasOneHeaderAndALineForEachCell() {
        List<String> lines = write(TableFormat.CSV).lines().toList();

        assertThat(lines.getFirst())
                .isEqualTo("k,b,metric,statistic,value,lower,upper,half_width,n,expected,states,mark,verdict,p,pairs");
        assertThat(lines).hasSize(5);
        assertThat(lines.get(1)).startsWith("1,x,map,mean,0.52,0.4703").endsWith(",3,3,,best,,,");
        assertThat(lines.get(2)).startsWith("1,y,map,mean,0.21").endsWith(",2,3,1 failed,,,,");
        assertThat(lines.get(4)).isEqualTo("2,y,map,mean,,,,,0,3,,,,,");
    }

    @Test
    void csv_withJobs_hasIdentifiersAndFolders() {
        String csv = layout().withJobs().compute().to(TableFormat.CSV);

        assertThat(csv.lines().findFirst().orElseThrow()).endsWith(",p,pairs,jobs,folders");
        jobs.forEach(job -> assertThat(csv).contains(job.id().toString(), "/work/jobs/test.rank/" + job.id()));
    }

    @Test
    void csv_tagWithTheNameOfAValue_isPrefixed() {
        jobs.clear();
        jobs.add(StoredReport.done(Map.of("n", 5), Map.of("map", Double.NaN)));

        assertThat(Table.of(jobs).rows("n").mean("map").compute().to(TableFormat.CSV))
                .startsWith("tag:n,metric,")
                .contains("5,map,mean,NaN,,,,1,1,,,,,");
    }

    @Test
    void json_grid_readsBack() {
        add(3, "x", Double.POSITIVE_INFINITY, 1, 2);
        Map<?, ?> json = (Map<?, ?>)
                Json.parse(layout().withJobs().bootstrap(7).compute().to(TableFormat.JSON));

        assertThat(json.get("rows")).isEqualTo(List.of("k"));
        assertThat(json.get("interval")).isEqualTo("bootstrap");
        List<?> cells = (List<?>) json.get("cells");
        assertThat(cells).hasSize(6);
        Map<?, ?> first = (Map<?, ?>) cells.getFirst();
        assertThat(first.get("row")).isEqualTo(Map.of("k", 1L));
        assertThat(first.get("n")).isEqualTo(3L);
        assertThat((List<?>) first.get("jobs")).hasSize(3);
        assertThat(first.get("text")).asString().startsWith("0.520 \u00b1 ");
        assertThat(((Map<?, ?>) cells.get(5)).get("text")).isEqualTo("-");
        assertThat(((List<?>) json.get("legend")).getFirst()).asString().startsWith("map: mean over seed");
        assertThat(((Map<?, ?>) cells.get(4)).get("value")).isEqualTo("Infinity");
    }

    private TableLayout compared() {
        add(3, "x", 0.51, 0.55, 0.52);
        return layout().baseline("k", 2).pValues();
    }

    @Test
    void text_baseline_hasVerdictsAndPValues() {
        assertThat(compared().compute().to(TableFormat.TEXT)).isEqualTo("""
                k  b=x                            b=y
                1  0.520 ± 0.050 n=3 + p=0.002    0.210 ± 0.127 n=2 of 3, 1 failed
                2  0.320 ± 0.066 n=3              -
                3  0.527 ± 0.052 n=3 * + p=0.009  -
                map: mean over seed ± half width of the 95%% confidence interval (t)
                *: the best of its column (highest); incomplete cells do not compete
                +, -: %s
                p: the corrected p-value of this test
                no comparison in 1 of 2 columns, where the baseline or all other cells are incomplete
                """.formatted(COMPARED));
    }

    @Test
    void markdown_baseline_hasVerdictsAndPValues() {
        add(4, "x", 0.9, 0.91, 0.9501);
        assertThat(compared().compute().to(TableFormat.MARKDOWN))
                .contains(
                        "| 1 | 0.520 ± 0.050 n=3 + p=0.002 | 0.210 ± 0.127 n=2 of 3, 1 failed |\n",
                        "| 4 | **0.920 ± 0.066** n=3 + p\\<0.001 | - |\n",
                        "  \n+, -: " + COMPARED.replace("2 comparisons", "3 comparisons") + ".  \n");
    }

    @Test
    void latex_baseline_hasVerdictsAndPValues() {
        assertThat(compared().compute().to(TableFormat.LATEX))
                .contains(
                        "% superscript +, -: " + COMPARED + "\n",
                        "1 & 0.520 $\\pm$ 0.050$^{+}$ {\\scriptsize($p=0.002$)} & ",
                        "3 & \\textbf{0.527 $\\pm$ 0.052}$^{+}$ {\\scriptsize($p=0.009$)} & - \\\\");
    }

    @Test
    void csv_baseline_hasVerdictsAndPValues() {
        assertThat(compared().compute().to(TableFormat.CSV))
                .containsPattern("\n1,x,map,.*,3,3,,,better,0\\.00166458622[0-9]*,3\n")
                .containsPattern("\n2,x,map,.*,3,3,,,baseline,,\n")
                .containsPattern("\n3,x,map,.*,3,3,,best,better,0\\.0094886105[0-9]*,3\n");
    }

    @Test
    void json_baseline_hasVerdictsAndPValues() {
        Map<?, ?> json = (Map<?, ?>) Json.parse(compared().compute().to(TableFormat.JSON));

        assertThat(json.get("baseline")).isEqualTo(Map.of("k", 2L));
        Map<?, ?> first = (Map<?, ?>) ((List<?>) json.get("cells")).getFirst();
        assertThat(first.get("verdict")).isEqualTo("better");
        assertThat(first.get("text")).as("the page shows it").isEqualTo("0.520 \u00b1 0.050");
        assertThat((List<?>) json.get("legend")).asString().contains("better, worse: " + COMPARED);
    }

    @Test
    void svg_baseline_hasSignsAndNotes() throws Exception {
        String svg = compared().compute().to(TableFormat.SVG);

        parse(svg);
        assertThat(svg).contains("font-size=\"10\">* + p=0.0", "font-size=\"10\">+, -: significantly better");
    }

    /** The plot has bars of 10 lines at each of two values; each bar is a vertical line. */
    @Test
    void svg_manyLines_barsDoNotCoverEachOther() throws Exception {
        jobs.clear();
        for (int line = 0; line < 10; line++) {
            add(1, "b" + line, 0.5, 0.6);
            add(2, "b" + line, 0.5, 0.6);
        }
        List<Double> bars = new ArrayList<>();
        Matcher bar = Pattern.compile("d=\"M([0-9.]+) ([0-9.]+)L([0-9.]+) ([0-9.]+)\" stroke=\"(?!#333333|#dddddd)")
                .matcher(write(TableFormat.SVG));
        while (bar.find()) {
            if (bar.group(1).equals(bar.group(3))) {
                bars.add(Double.parseDouble(bar.group(1)));
            }
        }

        assertThat(bars).hasSize(20).doesNotHaveDuplicates();
        assertThat(bars.stream().mapToDouble(Double::doubleValue).min().orElseThrow())
                .isGreaterThan(80);
        assertThat(bars.stream().mapToDouble(Double::doubleValue).max().orElseThrow())
                .isLessThan(480);
    }

    @Test
    void svg_grid_isAPlotWithALineForEachColumn() throws Exception {
        String svg = write(TableFormat.SVG);
        Document plot = parse(svg);

        assertThat(plot.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(plot.getElementsByTagName("circle").getLength()).isEqualTo(3);
        assertThat(svg)
                .contains(">k</text>", ">map</text>", ">b=y</text>")
                .contains("fill=\"white\" stroke=\"#D55E00\"");
    }

    @Test
    void svg_hugeValues_areLeftOut() throws Exception {
        add(3, "x", 1e308, 1e308, 1e307);
        add(Double.MAX_VALUE, "x", 1, 2, 3);
        add(4, "x", 1e-320, 2e-320, 1e-321);

        assertThat(parse(write(TableFormat.SVG)).getElementsByTagName("circle").getLength())
                .isEqualTo(4);
    }

    @Test
    void svg_textTagOrSeveralMetrics_isRefused() {
        assertThatThrownBy(() -> layout().median("map").compute().to(TableFormat.SVG))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("2 metrics against 1 row tags");
        assertThatThrownBy(() -> Table.of(jobs)
                        .rows("b")
                        .columns("k")
                        .mean("map")
                        .over("seed")
                        .compute()
                        .to(TableFormat.SVG))
                .hasMessageContainingAll("against the tag \"b\"", "x, which is no number");
    }

    @Test
    void formats_hostileTags_areEscaped() throws Exception {
        jobs.clear();
        jobs.add(StoredReport.done(Map.of("k", 1, HOSTILE, HOSTILE), Map.of(HOSTILE, 1.0)));
        TableLayout layout = Table.of(jobs).rows("k").columns(HOSTILE).mean(HOSTILE);

        for (TableFormat format : TableFormat.values()) {
            String text = layout.compute().to(format);
            assertThat(text).as(format.name()).endsWith("\n");
            if (format != TableFormat.CSV) { // which has the exact values
                assertThat(text).as(format.name()).doesNotContain("\u001b");
            }
        }
        parse(layout.compute().to(TableFormat.SVG));
        assertThat(layout.compute().to(TableFormat.LATEX))
                .contains("a\\&b\\_\\%\\$\\#\\{\\}\\textasciitilde{}\\textasciicircum{}");
        assertThat(layout.compute().to(TableFormat.MARKDOWN).lines().findFirst().orElseThrow())
                .contains("\\<i\\>\\|")
                .doesNotContain(" \\| ");
    }

    /** A rule and the end of a row take a length in brackets, and the latter a star. */
    @Test
    void latex_rowThatBeginsLikeAnArgument_isNone() {
        List<JobReport> jobs = new ArrayList<>();
        jobs.add(StoredReport.done(Map.of("k", "[1, 2]"), Map.of("m", 1.0)));
        jobs.add(StoredReport.done(Map.of("k", "*"), Map.of("m", 2.0)));
        jobs.add(StoredReport.done(Map.of("k", "a\"b"), Map.of("m", 3.0)));

        assertThat(Table.of(jobs).rows("k").mean("m").compute().to(TableFormat.LATEX))
                .contains("\\midrule\n{}[1, 2] & ", "\n{}* & ", "\na{\\ttfamily\\char34}b & ");
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    @Test
    void numbers_veryLargeOrSmall_areInExponentForm() {
        jobs.clear();
        add(1, "x", 1e-7, 2e-7);
        assertThat(write(TableFormat.TEXT)).contains("1.500e-07 ± 6.353e-07");

        jobs.clear();
        add(1, "x", 12, 12);
        assertThat(write(TableFormat.TEXT)).contains("1  12 ± 0 n=2");
    }
}
