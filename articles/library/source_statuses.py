"""The updates of a source after it was published: the status that each kind leads to, the gravest first."""

# By the values of SourceUpdate.Kind and Source.Status. A new version of a label changes the status of no source.
STATUS_AFTER = {
    "retraction": "retracted",
    "concern": "concern",
    "superseded": "superseded",
    "correction": "corrected",
    "reinstatement": "reinstated",
}
LABEL_VERSION = "label_version"
# What readers are told of, in the order in which a page tells it.
GRAVEST_FIRST = (*STATUS_AFTER.values(), LABEL_VERSION)
