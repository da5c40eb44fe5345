package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription.Accelerators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinfoReaderTest {
    private static final long GIBIBYTE = 1L << 30;

    /** The output of 22.05. */
    @Test
    void read_recorded_describesTheCluster() {
        ClusterDescription cluster = SinfoReader.read("""
                node1|short*|2:00|4|4000|(null)|cpu
                node2|short*|2:00|4|4000|gpu:small:2|gpu
                node2|long|1-00:00:00|4|4000|gpu:small:2|gpu
                node3|short*|2:00|4|4000|gpu:large:2|gpu
                node3|long|1-00:00:00|4|4000|gpu:large:2|gpu
                """);

        assertThat(cluster.hosts()).extracting("name").containsExactly("4cores-4G", "2small", "2large");
        assertThat(cluster.hosts().getFirst().memory()).isEqualTo(4000L << 20);
        assertThat(cluster.hosts().getFirst().features()).containsExactly("cpu");
        assertThat(cluster.hosts().getLast().accelerators())
                .containsExactly(new Accelerators(AcceleratorKind.CUDA, "large", 0, 2));
        assertThat(cluster.partitions()).hasSize(2);
        assertThat(cluster.partitions().getFirst().isDefault()).isTrue();
        assertThat(cluster.partitions().getFirst().maxDuration()).contains(Duration.ofMinutes(2));
        assertThat(cluster.partitions().getFirst().hosts()).containsExactly("4cores-4G", "2small", "2large");
        assertThat(cluster.partitions().getLast().maxDuration()).contains(Duration.ofDays(1));
        assertThat(cluster.partitions().getLast().hosts()).containsExactly("2small", "2large");
    }

    @Test
    void accelerators_manyResources_areCountedWithoutOverflow() {
        String resources = "gpu:a100:999999(S:0,1),".repeat(3_000) + "(,".repeat(30_000);

        assertThat(SinfoReader.accelerators(resources))
                .containsExactly(new Accelerators(AcceleratorKind.CUDA, "a100", 40 * GIBIBYTE, 999_999));
    }

    @Test
    void read_bigCluster_groupsEqualNodes() {
        ClusterDescription cluster = SinfoReader.read("""
                NODELIST|PARTITION|TIMELIMIT|CPUS|MEMORY|GRES|AVAIL_FEATURES
                n1|all|infinite|64+|515000+|gpu:a100:4(S:0-1),nvme:no_consume:1|ib,a100
                n2|all|infinite|64|515000|gpu:a100:4(S:0-1),nvme:no_consume:1|a100,ib
                n3|all|infinite|64|515000|gpu:a100:4(S:0-1)|a100
                n4|debug|30:00|64|515000||
                a message
                n5|debug|30:00|n/a|515000|gpu|
                """);

        assertThat(cluster.hosts()).extracting("name").containsExactly("4a100", "4a100-2", "64cores-503G");
        assertThat(cluster.hosts()).extracting("count").containsExactly(2, 1, 1);
        assertThat(cluster.partitions().getFirst().maxDuration()).isEmpty();
        assertThat(cluster.partitions().getLast().maxDuration()).contains(Duration.ofMinutes(30));
        assertThat(cluster.partitions()).noneMatch(partition -> partition.isDefault());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "gpu:4;'';4",
                "gpu:a100:2;a100;2",
                "gpu:tesla:no_consume:2;tesla;2",
                "gpu:2(S:0,3);'';2",
                "bandwidth:lustre:no_consume:4G,gpu:v100:8(IDX:0-7);v100;8",
            })
    void accelerators_genericResources_areFound(String text, String name, int count) {
        assertThat(SinfoReader.accelerators(text)).singleElement().satisfies(each -> {
            assertThat(each.name()).isEqualTo(name);
            assertThat(each.count()).isEqualTo(count);
        });
    }

    @Test
    void accelerators_severalModels_areAllFound() {
        assertThat(SinfoReader.accelerators("gpu:a100:2(S:0,1),mps:a100:200,gpu:v100:1(S:0)"))
                .extracting("name")
                .containsExactly("a100", "v100");
        assertThat(SinfoReader.accelerators("(null)")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a100,40",
        "nvidia_a100-sxm4-80gb,80",
        "a100_80g,80",
        "a100_3g.20gb,20",
        "1g.5gb,5",
        "tesla_v100,16",
        "v100-32g,32",
        "V100S,32",
        "h100,80",
        "nvidia_h100_80gb_hbm3,80",
        "h200,141",
        "rtx_3090,24",
        "rtx3080,10",
        "rtx_a6000,48",
        "quadro_rtx_6000,24",
        "a10,24",
        "a10g,24",
        "l40s,48",
        "l4,24",
        "t4,16",
        "p100,12",
        "k80,12",
        "mi250x,128",
        "geforce_gtx_1080_ti,11",
        "gtx1080,8",
        "small,0",
        "'',0",
        "a1000,0",
    })
    void describe_model_hasItsMemory(String name, long gibibytes) {
        assertThat(AcceleratorModels.describe(name, 1).memory()).isEqualTo(gibibytes * GIBIBYTE);
    }

    @Test
    void describe_makers_areToldApart() {
        assertThat(AcceleratorModels.describe("mi250x", 1).kind()).isEqualTo(AcceleratorKind.GPU);
        assertThat(AcceleratorModels.describe("a100", 1).kind()).isEqualTo(AcceleratorKind.CUDA);
    }
}
