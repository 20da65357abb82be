using Microsoft.Extensions.DependencyInjection;

namespace DigiHub.Imports;

/// <summary>Use cases of exports and imports.</summary>
internal static class ImportsUseCases
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddSingleton<IImportKind, SpaceImport>();
        services.AddSingleton<IImportKind, OrganisationImport>();
        services.AddSingleton<IImportKind, MemberImport>();
        services.AddSingleton<IImportKind, BookingImport>();
        services.AddSingleton(provider => new ImportKinds(provider.GetServices<IImportKind>()));
        services.AddSingleton<ReadImport>();
        services.AddSingleton<ChangeImport>();
        services.AddSingleton<ApplyImport>();
        services.AddSingleton<ContinueImports>();
        services.AddSingleton<UndoImport>();
        services.AddSingleton<ImportView>();
        services.AddSingleton<ImportList>();
        services.AddSingleton<ExportTable>();
        services.AddSingleton<ExportBookings>();
        services.AddSingleton<ForgetImports>();
    }
}
