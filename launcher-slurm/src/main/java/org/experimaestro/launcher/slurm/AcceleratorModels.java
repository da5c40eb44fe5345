package org.experimaestro.launcher.slurm;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.HostDescription.Accelerators;

/**
 * A table of the memory of well-known accelerators, because Slurm has only their names. Sizes are those of the
 * makers' data sheets, in units of 1024. If a model comes in two sizes and the name does not distinguish them, the
 * table has the smaller size.
 */
final class AcceleratorModels {
    private static final long GIBIBYTE = 1L << 30;

    /**
     * The sizes by a part of the name without separators. The first match counts, so longer names come before shorter
     * ones.
     */
    private static final Map<String, Integer> GIBIBYTES = models();

    /**
     * The pattern of a size in the name, as in {@code a100_80gb}, {@code v100-32g} or {@code a100_3g.20gb}; not the 3
     * of {@code 3g}.
     */
    private static final Pattern SIZE = Pattern.compile("(?:^|[-_. ])(\\d{1,3})g(?:b|ib)?(?:$|[^a-z0-9.])");

    /** The pattern of names of AMD, Intel, Habana, Google, Huawei, Hygon, Cambricon and Graphcore. */
    private static final Pattern OTHER_MAKERS = Pattern.compile(
            "(?:^|[^a-z])(?:mi\\d{2,3}|gfx\\d|hl-?\\d{3}|max[-_ ]?1[15]\\d0"
                    + "|arc[-_ ]?[ab]\\d{2,3}|pvc|tpu|npu|hpu|xpu|ipu|dcu|mlu)|instinct|radeon|amd|intel|ponte|gaudi|habana|ascend");

    private AcceleratorModels() {}

    private static Map<String, Integer> models() {
        Map<String, Integer> models = new LinkedHashMap<>();
        models.put("gb200", 186);
        models.put("gh200", 96);
        models.put("b200", 180);
        models.put("h200", 141);
        models.put("h100nvl", 94);
        models.put("h100", 80);
        models.put("h800", 80);
        models.put("a100", 40);
        models.put("a800", 80);
        models.put("v100s", 32);
        models.put("v100", 16);
        models.put("p100", 12);
        models.put("l40", 48);
        models.put("rtx6000ada", 48);
        models.put("rtxa6000", 48);
        models.put("rtxa5000", 24);
        models.put("rtxa4000", 16);
        models.put("rtx6000", 24);
        models.put("rtx8000", 48);
        models.put("a6000", 48);
        models.put("a5000", 24);
        models.put("a4000", 16);
        models.put("a40", 48);
        models.put("a30", 24);
        models.put("a16", 16);
        models.put("a10", 24);
        models.put("a2", 16);
        models.put("l4", 24);
        models.put("t4", 16);
        models.put("5090", 32);
        models.put("4090", 24);
        models.put("4080", 16);
        models.put("3090", 24);
        models.put("3080", 10);
        models.put("3070", 8);
        models.put("2080ti", 11);
        models.put("2080", 8);
        models.put("1080ti", 11);
        models.put("1080", 8);
        models.put("titanv", 12);
        models.put("titanx", 12);
        models.put("titanrtx", 24);
        models.put("m40", 12);
        models.put("p40", 24);
        models.put("p4", 8);
        models.put("k80", 12);
        models.put("k40", 12);
        models.put("k20", 5);
        models.put("mi355x", 288);
        models.put("mi350x", 288);
        models.put("mi325x", 256);
        models.put("mi300x", 192);
        models.put("mi300a", 128);
        models.put("mi250", 128);
        models.put("mi210", 64);
        models.put("mi100", 32);
        models.put("mi50", 16);
        models.put("max1550", 128);
        models.put("max1100", 48);
        models.put("gaudi3", 128);
        models.put("gaudi2", 96);
        models.put("gaudi", 32);
        return models;
    }

    /**
     * Describes accelerators.
     *
     * @param name their name in Slurm, possibly empty
     * @param count their number
     * @return the description; with 0 bytes of memory if the model is unknown
     */
    static Accelerators describe(String name, int count) {
        String lower = name.toLowerCase(Locale.ROOT);
        AcceleratorKind kind = OTHER_MAKERS.matcher(lower).find() ? AcceleratorKind.GPU : AcceleratorKind.CUDA;
        return new Accelerators(kind, name, gibibytes(lower) * GIBIBYTE, count);
    }

    private static long gibibytes(String name) {
        Matcher size = SIZE.matcher(name);
        if (size.find()) {
            return Long.parseLong(size.group(1));
        }
        String joined = name.replaceAll("[^a-z0-9]", "");
        for (Map.Entry<String, Integer> model : GIBIBYTES.entrySet()) {
            if (isPart(joined, model.getKey())) {
                return model.getValue();
            }
        }
        return 0;
    }

    /**
     * Returns whether a name contains a model. The model must not be the beginning of a longer number: {@code a10} is
     * not {@code a100}.
     */
    private static boolean isPart(String name, String model) {
        int at = name.indexOf(model);
        int end = at + model.length();
        return at >= 0 && (end == name.length() || !Character.isDigit(name.charAt(end)));
    }
}
