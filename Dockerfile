# Limen and its server, installed from the lock: docker build -t limen .
# docker run --rm -v limen:/data limen lists update
FROM python:3.13-slim AS build
WORKDIR /src
COPY . .
RUN python tools/environment.py install --venv /opt/limen --extras batch,pdf,postgres,server --wheel

FROM python:3.13-slim
COPY --from=build /opt/limen /opt/limen
ENV PATH=/opt/limen/bin:$PATH LIMEN_HOME=/data
RUN useradd --system --home-dir /data limen && install -d -o limen /data
USER limen
VOLUME /data
ENTRYPOINT ["limen"]
