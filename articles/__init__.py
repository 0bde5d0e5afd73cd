"""What is published: drafts, frozen revisions, their renderings and the reader's pages."""
