using DigiHub.Access;
using DigiHub.Data;
using DigiHub.Members;
using DigiHub.Web.Reader;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace DigiHub.Web.Account;

/// <summary>Authentication and authorisation.</summary>
public static class AccountSetup
{
    private const string AnyWay = "AnyWay";

    public static void AddAccount(this IServiceCollection services)
    {
        services.AddSingleton<HubCookies>();
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<MemberStore>();
        services.AddSingleton<KeptForms>();
        services.AddSingleton(NewSessions);
        services.AddScoped<SignIn>();
        services.AddScoped<SignInLinks>();
        services.AddScoped<ChangePassword>();
        services.AddHttpContextAccessor();

        services.AddAuthentication(AnyWay)
            .AddPolicyScheme(AnyWay, displayName: null, way => way.ForwardDefaultSelector =
                http => TokenHandler.Concerns(http.Request) ? TokenHandler.SchemeName : SessionHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, displayName: null, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, TokenHandler>(TokenHandler.SchemeName, displayName: null, configureOptions: null);
        services.Configure<RequestLocalizationOptions>(RequestLanguage.Configure);
        services.AddAuthorizationBuilder().AddPolicies();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<HubCookies>((antiforgery, cookies) =>
        {
            antiforgery.Cookie.Name = cookies.Antiforgery;
            antiforgery.Cookie.SecurePolicy = cookies.SecurePolicy;
            antiforgery.Cookie.Path = "/";
            antiforgery.SuppressXFrameOptionsHeader = true; // frame-ancestors says it for all pages
        });
        AddIdentity(services);
    }

    public static void MapAccount(this IEndpointRouteBuilder routes)
    {
        routes.MapDemoSignIn();
        routes.MapPost("/sign-out", (Delegate)SignOut).AllowAnonymous();
        routes.MapPost("/kept/{key}/drop", Drop).RequireAuthorization(Policies.Member);
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityCore<Member>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = ""; // an address is not a nickname: any of its characters will do
                identity.ClaimsIdentity.UserIdClaimType = System.Security.Claims.ClaimTypes.NameIdentifier;
                identity.Lockout.AllowedForNewUsers = false; // a lock-out could be used against account owners; Limits slows guessing
            })
            .AddSignInManager()
            .AddClaimsPrincipalFactory<MemberPrincipals>();
        services.AddSingleton<IUserStore<Member>>(provider => provider.GetRequiredService<MemberStore>());
        services.AddSingleton<ILookupNormalizer, EmailNormalizer>();
        services.RemoveAllPasswordValidators();
        services.AddSingleton<IPasswordValidator<Member>, PasswordRules>();
        services.AddSingleton<IPasswordHasher<Member>, PasswordHasher<Member>>();
        services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = PasswordHashing.Iterations);
    }

    // Identity's own rules (six characters, a digit, a symbol) are not ours.
    private static void RemoveAllPasswordValidators(this IServiceCollection services)
    {
        foreach (var validator in services.Where(service => service.ServiceType == typeof(IPasswordValidator<Member>)).ToList())
            services.Remove(validator);
    }

    private static Sessions NewSessions(IServiceProvider provider)
    {
        var settings = provider.GetRequiredService<IOptions<HubSettings>>();
        return new Sessions(
            provider.GetRequiredService<HubDbFactory>(), provider.GetRequiredService<UnitOfWork>(), provider.GetRequiredService<IClock>(),
            () => settings.Value.Account.Lives);
    }

    private static async Task<IResult> Drop(string key, HttpContext http, KeepForm keep)
    {
        await keep.Drop(key, http.User.MemberId()!.Value, http.RequestAborted);
        return TypedResults.LocalRedirect(Paths.Home);
    }

    private static async Task<IResult> SignOut(HttpContext http)
    {
        await http.SignOutAsync(SessionHandler.SchemeName);
        return TypedResults.LocalRedirect(Paths.Home);
    }
}
