# Everything below is the same for every wave. It needs R with the package survey, and answers.csv beside it.

library(survey)

answers <- read.csv("answers.csv", check.names = FALSE, colClasses = "character", fileEncoding = "UTF-8-BOM")
if (choices$part == "random") answers <- answers[answers$sample_type == "random", ]
if (choices$without_marked) answers <- answers[answers$marks == "", ]

# Answers that a correction made not comparable count for nothing.
if ("not_comparable" %in% names(answers)) {
  for (row in which(answers$not_comparable != "")) {
    for (question in strsplit(answers$not_comparable[row], " ")[[1]]) {
      answers[row, names(answers) == question | startsWith(names(answers), paste0(question, "__"))] <- ""
    }
  }
}

# As people were drawn: by chance with their base weights and strata, else everybody alike.
all_random <- all(answers$sample_type == "random")
base_weight <- suppressWarnings(as.numeric(answers$base_weight))
answers$drawn <- if (all_random && !anyNA(base_weight)) base_weight else 1
answers$drawn_in <- if (all_random) answers$stratum else ""
strata <- if (length(unique(answers$drawn_in)) > 1) ~drawn_in else NULL
drawn <- svydesign(ids = ~1, strata = strata, weights = ~drawn, data = answers)

# Raked to the population; whoever did not say keeps the share that they have among those who were drawn.
design <- drawn
if (length(margins) > 0) {
  targets <- lapply(names(margins), function(question) {
    shares <- margins[[question]]
    said <- answers[[question]]
    said[!(said %in% names(shares))] <- "not-answered"
    drawn$variables[[question]] <<- said
    unsaid <- sum(answers$drawn[said == "not-answered"]) / sum(answers$drawn)
    shares <- shares[names(shares) %in% said] * (1 - unsaid)
    if (unsaid > 0) shares <- c(shares, "not-answered" = unsaid)
    setNames(data.frame(names(shares), unname(shares) * sum(answers$drawn)), c(question, "Freq"))
  })
  raked <- rake(
    drawn, lapply(names(margins), function(question) as.formula(paste0("~`", question, "`"))), targets,
    control = list(maxit = 500, epsilon = 1e-9)
  )
  design <- raked
  if (!is.null(choices$trim)) {
    most <- choices$trim * mean(weights(raked))
    if (any(weights(raked) > most)) design <- trimWeights(raked, upper = most, strict = TRUE)
  }
  if (choices$variance == "fixed") {
    answers$weight <- weights(design)
    design <- svydesign(ids = ~1, strata = strata, weights = ~weight, data = answers)
  }
}

chose <- function(question, codes) {
  if (question %in% names(answers)) return(answers[[question]] %in% codes)
  columns <- paste0(question, "__", codes)
  columns <- columns[columns %in% names(answers)]
  rowSums(answers[columns] == "1") > 0
}

whole <- function(x) floor(100 * x + 0.5)
degrees <- degf(design)

in_group <- function(row, group) chose(row$by, strsplit(group, "+", fixed = TRUE)[[1]])

# The difference between two groups: a contrast of their means, with the covariance of the two.
difference <- function(row, among) {
  groups <- strsplit(row$group, " - ", fixed = TRUE)[[1]]
  design$variables$side <- ifelse(in_group(row, groups[1]), "first", "second")
  among <- among & (in_group(row, groups[1]) | in_group(row, groups[2]))
  is_mean <- row$scores != ""
  scores <- if (is_mean) setNames(as.numeric(strsplit(row$scores, " ")[[1]]), strsplit(row$base_codes, " ")[[1]])
  design$variables$y <- if (is_mean) {
    ifelse(among, unname(scores[answers[[row$question]]]), 0)
  } else {
    as.numeric(chose(row$question, strsplit(row$codes, " ")[[1]]))
  }
  sides <- svyby(~y, ~side, subset(design, among), svymean, covmat = TRUE)
  found <- svycontrast(sides, c(first = 1, second = -1))
  numbers <- coef(found) + c(0, -1, 1) * qt(0.975, degrees) * c(SE(found))
  if (is_mean) floor(10 * numbers + 0.5) / 10 else whole(numbers)
}

# One number of the page: what it counts, among whom, and its range.
estimate <- function(row) {
  codes <- strsplit(row$codes, " ")[[1]]
  among <- chose(row$question, strsplit(row$base_codes, " ")[[1]])
  if (row$statistic == "difference") return(difference(row, among))
  if (row$by != "") among <- among & in_group(row, row$group)
  if (row$statistic %in% c("net", "mean")) {
    scores <- setNames(as.numeric(strsplit(row$scores, " ")[[1]]), strsplit(row$base_codes, " ")[[1]])
    design$variables$score <- ifelse(among, unname(scores[answers[[row$question]]]), 0)
    found <- svymean(~score, subset(design, among))
    limits <- confint(found, df = degrees)
    numbers <- c(coef(found), limits)
    return(if (row$statistic == "net") whole(numbers) else floor(10 * numbers + 0.5) / 10)
  }
  gave <- chose(row$question, codes)
  design$variables$gave <- as.numeric(gave)
  inside <- subset(design, among)
  if (row$joined) {
    # Answers shown as one: Wilson's range on Kish's effective number of answers.
    share <- coef(svymean(~gave, inside))
    weight <- weights(inside)[weights(inside) > 0]
    n <- sum(weight)^2 / sum(weight^2)
    z <- qnorm(0.975)
    centre <- (share + z^2 / (2 * n)) / (1 + z^2 / n)
    half <- z * sqrt(share * (1 - share) / n + z^2 / (4 * n^2)) / (1 + z^2 / n)
    return(whole(c(share, centre - half, centre + half)))
  }
  # What the answers are weighted to is known of the population: it has no range.
  mean <- svymean(~gave, inside)
  if (!isTRUE(SE(mean)[1] > 1e-9)) return(whole(rep(coef(mean), 3)))
  rare <- min(sum(gave & among), sum(!gave & among)) < 10
  found <- svyciprop(~gave, inside, method = if (rare) "beta" else "xlogit", df = degrees)
  whole(c(coef(found), confint(found)))
}

found <- t(vapply(seq_len(nrow(published)), function(place) estimate(published[place, ]), numeric(3)))
colnames(found) <- c("value", "lower", "upper")
print(cbind(published[c("question", "by", "group", "statistic", "codes")], found), right = FALSE, row.names = FALSE)
same <- published$value == found[, "value"] & published$lower == found[, "lower"] & published$upper == found[, "upper"]
cat(sum(same), "of", nrow(published), "published numbers come out the same.\n")
