# DigiHub in a container: docs/install.md. It writes nothing but /data, and nothing there with PostgreSQL and a mail server.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY src/ ./
RUN dotnet publish DigiHub.Web -c Release -o /app --use-current-runtime --no-self-contained -p:PublishReadyToRun=true \
    -p:RestoreLockedMode=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
COPY deploy/ready ./
RUN install -d -m 700 -o app -g app /data
ENV ASPNETCORE_HTTP_PORTS=8080 DigiHub__DataFolder=/data DOTNET_EnableDiagnostics=0 \
    DOTNET_GCgen0size=0x1000000
USER app
EXPOSE 8080
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["/app/ready"]
ENTRYPOINT ["./DigiHub.Web"]
