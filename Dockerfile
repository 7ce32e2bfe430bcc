# limbeck in an image with nothing else in it: the binary and the revisions.
#
#   deno task compile
#   docker build -t app-migrations .
#   docker run --rm -e DATABASE_URL=postgres://… app-migrations upgrade head
FROM gcr.io/distroless/cc-debian12:nonroot
COPY dist/limbeck /usr/local/bin/limbeck
WORKDIR /app
COPY limbeck.json ./
COPY migrations ./migrations
ENTRYPOINT ["/usr/local/bin/limbeck"]
CMD ["upgrade", "head"]
