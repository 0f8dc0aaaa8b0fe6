# The peer of benchmarks/million.py: R's survey package, asked by name on standard input, timing itself.
suppressPackageStartupMessages(library(survey))
asked <- commandArgs(TRUE)
folder <- asked[1]
n <- as.integer(asked[2])
margins <- c("age", "sex", "eth", "area", "tenure")
shares <- paste0("share", 0:9)
numbers <- function(name, count = n) readBin(file.path(folder, name), "double", count)

d <- data.frame(w = numbers("w"), score = numbers("score"))
for (name in margins) d[[name]] <- factor(readBin(file.path(folder, name), "integer", n, size = 4))
for (name in shares) d[[name]] <- numbers(name)
design <- svydesign(ids = ~1, weights = ~w, data = d)
formulas <- lapply(margins, function(name) reformulate(name))
population <- lapply(margins, function(name) {
  labels <- levels(d[[name]])
  setNames(data.frame(labels, numbers(paste0(name, ".targets"), length(labels))), c(name, "Freq"))
})
raked <- function() rake(design, formulas, population, control = list(maxit = 100, epsilon = 1e-9))

work <- list(
  "rake" = function() max(weights(raked())),
  "rake-and-mean" = function() SE(svymean(~score, raked())),
  "ten-shares-by-area" = function() sum(SE(svyby(reformulate(shares), ~area, design, svymean)))
)
lines <- file("stdin")
open(lines)
while (length(name <- readLines(lines, 1)) > 0) {
  took <- system.time(number <- work[[name]]())[["elapsed"]]
  cat(took, format(as.numeric(number), digits = 15), "\n")
  flush(stdout())
}
