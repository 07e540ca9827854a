# The console, as an image without a shell, for a user without rights and a read-only file system.
#   docker build -t azker .
#   docker run --read-only --tmpfs /tmp -v azker:/data -e TELEGRAM_BOT_TOKEN azker
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /src
COPY . .
RUN dotnet publish Azker.PollingFallback --configuration Release --os linux --arch $TARGETARCH --self-contained false -p:PublishReadyToRun=true --output /app
RUN mkdir /data

# The stand-in for the Bot API server, for compose.yaml.
FROM build AS build-bot-api
RUN dotnet publish tools/Azker.BotApi --configuration Release --os linux --arch $TARGETARCH --self-contained false --output /bot-api

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS bot-api
WORKDIR /bot-api
COPY --from=build-bot-api /bot-api .
USER 1654:1654
ENTRYPOINT ["/bot-api/Azker.BotApi"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=1654:1654 /data /data
# Without diagnostics .NET writes nothing outside of /data, but for files in /tmp.
ENV DATA_DIR=/data HEALTH_LISTEN=8080 DOTNET_EnableDiagnostics=0
USER 1654:1654
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["/app/Azker.PollingFallback", "health"]
# The program is PID 1 and gets the signals itself. SIGTERM stops it within 35 s: give it more (--stop-timeout 40).
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/Azker.PollingFallback"]
