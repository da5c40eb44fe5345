# Makes golden.csv, the values that GoldenValuesTest compares with ours:
#   Rscript golden.R > golden.csv
# Made with R 4.2.2. A build does not need R.
options(digits = 17, warn = -1)

samples <- list(
  normal     = c(0.312, 0.298, 0.305, 0.321, 0.300),
  lower      = c(0.301, 0.280, 0.296, 0.300, 0.295),
  ties       = c(1, 2, 2, 3, 3, 3, 4, 7),
  tied.pairs = c(2, 1, 3, 3, 4, 2, 5, 5),
  zeros      = c(1, 2, 5, 3, 4, 3, 4, 9),
  constant   = c(0.5, 0.5, 0.5, 0.5),
  single     = c(0.7),
  two        = c(0.25, 0.75),
  large      = 1e9 + c(1, 2, 4, 8, 16),
  seven      = c(-3.5, 0.25, 1.75, 2.125, -0.875, 4.5, 6.0625))

line <- function(...) cat(paste(..., sep = ","), "\n", sep = "")
number <- function(x) format(x, digits = 17)
vector <- function(x) paste(sapply(x, number), collapse = " ")

line("kind", "name", "level", "left", "right", "first", "second")

# The interval of the mean. t.test refuses constant data, whose interval is the point itself, and one value, which has none.
for (name in names(samples)) {
  x <- samples[[name]]
  line("mean", name, "", vector(x), "", number(mean(x)), "")
  line("median", name, "", vector(x), "", number(median(x)), "")
  for (level in c(0.9, 0.95, 0.99)) {
    if (length(x) < 2) next
    ends <- if (sd(x) == 0) c(mean(x), mean(x)) else t.test(x, conf.level = level)$conf.int
    line("t", name, level, vector(x), "", number(ends[1]), number(ends[2]))
  }
}

# Paired tests. The library is exact up to 50 pairs, as R can be; R's own choice is 49. Missing pairs (NA) are left out, and differences of 0 are left out of Wilcoxon's test, before R sees them.
pair <- function(name, left, right) {
  both <- !is.na(left) & !is.na(right)
  difference <- (left - right)[both]
  if (sd(difference) > 0) {
    line("paired.t", name, "", vector(left), vector(right), number(t.test(difference)$p.value), length(difference))
  }
  others <- difference[difference != 0]
  line("wilcoxon", name, "", vector(left), vector(right),
       number(wilcox.test(others, exact = length(others) <= 50)$p.value), length(difference))
}
pair("normal", samples$normal, samples$lower)
pair("ties", samples$ties, samples$tied.pairs)
pair("zeros", samples$ties, samples$zeros)
pair("missing", c(0.312, NA, 0.305, 0.321, 0.300, 0.290), c(0.301, 0.280, NA, 0.300, 0.295, 0.288))
pair("two", samples$two, c(0.125, 0.5))
set.seed(1)
pair("fifty", round(rnorm(50), 3), round(rnorm(50, 0.2), 3))
pair("sixty", round(rnorm(60), 3), round(rnorm(60, 0.3), 3))

# Tests of several samples against one, the baseline, with Holm's correction for their number. The samples stand behind each other.
# t.test refuses constant differences, which have no variance: they are not tested, unless all are 0.
family <- function(name, left, ...) {
  others <- list(...)
  differences <- lapply(others, function(other) (other - left)[!is.na(other) & !is.na(left)])
  constant <- function(difference) if (all(difference == 0)) 1 else NA
  t <- sapply(differences, function(d) if (sd(d) == 0) constant(d) else t.test(d)$p.value)
  wilcoxon <- sapply(differences, function(d) {
    others <- d[d != 0]
    if (length(others) == 0) 1 else wilcox.test(others, exact = length(others) <= 50)$p.value
  })
  pairs <- paste(sapply(differences, length), collapse = " ")
  line("family.t", name, "", vector(left), vector(unlist(others)), vector(p.adjust(t, "holm")), pairs)
  line("family.wilcoxon", name, "", vector(left), vector(unlist(others)), vector(p.adjust(wilcoxon, "holm")), pairs)
}
base <- c(0.312, 0.298, 0.305, 0.321, 0.300, 0.290, 0.317)
family("clear", base, base + c(0.02, 0.03, 0.025, 0.031, 0.02, 0.024, 0.019), base - c(0.001, -0.002, 0.003, 0.001, 0, -0.001, 0.002),
       base - c(0.011, 0.02, 0.013, 0.021, 0.018, 0.017, 0.022))
family("ties", c(1, 2, 2, 3, 3, 3, 4, 7), c(2, 1, 3, 3, 4, 2, 5, 5), c(1, 2, 5, 3, 4, 3, 4, 9), c(2, 3, 3, 4, 4, 4, 5, 9))
family("constant", c(0.25, 0.5, 0.75, 0.5), c(0.25, 0.5, 0.75, 0.5), c(0.5, 0.75, 1, 0.75), c(0.125, 0.5, 0.25, 0.375))
family("missing", c(0.312, NA, 0.305, 0.321, 0.300, 0.290), c(0.301, 0.280, NA, 0.300, 0.295, 0.288),
       c(NA, 0.350, 0.341, 0.352, 0.333, 0.320), c(0.310, 0.299, 0.306, 0.320, NA, 0.291))
family("two", c(0.25, 0.75), c(0.125, 0.5))

# Holm's correction.
for (p in list(c(0.01, 0.02, 0.03), c(0.04, 0.01, 0.04, 0.5), c(0.05), c(1, 1), c(0.001, 0.001, 0.2, 0.9, 0.02))) {
  line("holm", "", "", vector(p), "", vector(p.adjust(p, "holm")), "")
}

# The percentile bootstrap, with other random numbers than ours: to be compared with a tolerance.
for (name in c("normal", "ties", "seven")) {
  x <- samples[[name]]
  means <- replicate(100000, mean(sample(x, replace = TRUE)))
  ends <- quantile(means, c(0.025, 0.975))
  line("bootstrap", name, 0.95, vector(x), "", number(ends[1]), number(ends[2]))
}
